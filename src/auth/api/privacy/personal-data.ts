import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** The person whose data it is. */
export interface DataSubject {
  userId: string;
  personalAccountId: string;
  /** In its normal form. */
  email: string;
}

/** One list in the export of a person's data. */
export interface PersonalDataSection {
  /** Its member in the export. */
  name: string;
  /** The tables that it reads. A spec holds all of them together to the tables that name a person or an account. */
  tables: readonly string[];
  rows(subject: DataSubject): AsyncIterable<object> | Iterable<object>;
}

/** Whoever keeps data about people. */
export interface PersonalDataHolder {
  sections: readonly PersonalDataSection[];
  /**
   * Takes the person out of what it keeps, in the transaction that erases them; the personal account's row is locked.
   * What accounting needs stays: it names the person by id only, and the id leads to nobody any more.
   */
  erase?(manager: EntityManager, subject: DataSubject, at: Date): Promise<void>;
  /**
   * Ends what an account has in force, in the same transaction and under the lock of its row: the person's own account,
   * and an organization's in which nobody else can act.
   */
  endAccount?(manager: EntityManager, accountId: string, at: Date): Promise<void>;
}

/** Lets the layers above tell what they keep about a person. Auth itself knows none of them. */
@Injectable()
export class PersonalData {
  private readonly holders: PersonalDataHolder[] = [];

  add(holder: PersonalDataHolder): void {
    this.holders.push(holder);
  }

  get sections(): readonly PersonalDataSection[] {
    return this.holders.flatMap((holder) => holder.sections);
  }

  /** In the order of their adding. */
  async erase(manager: EntityManager, subject: DataSubject, at: Date): Promise<void> {
    for (const holder of this.holders) await holder.erase?.(manager, subject, at);
  }

  /** In the order of their adding. */
  async endAccount(manager: EntityManager, accountId: string, at: Date): Promise<void> {
    for (const holder of this.holders) await holder.endAccount?.(manager, accountId, at);
  }
}

/** A row as the person may have it: less what isn't theirs to know, or says nothing to them. */
export function without<Row extends object, Key extends keyof Row>(row: Row, ...keys: Key[]): Omit<Row, Key> {
  const shown = { ...row };
  for (const key of keys) delete shown[key];
  return shown;
}
