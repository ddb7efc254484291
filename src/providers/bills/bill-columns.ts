import { fenFromYuan } from '../../money/fen.js';

/** The title of each wanted column, or its titles in newer and older bills, the newest first. */
export type ColumnTitles<Name extends string> = Readonly<Record<Name, string | readonly string[]>>;

/** Finds the values of a bill's row by their columns' titles: channels add columns now and then, in any place. */
export class BillColumns<Name extends string> {
  private readonly places: Readonly<Record<Name, number>>;

  /** @throws Error that names the columns that the heading lacks, or one that it has twice */
  constructor(
    private readonly heading: readonly string[],
    titles: ColumnTitles<Name>,
  ) {
    const names = Object.keys(titles) as Name[];
    const placeOf = (name: Name) =>
      [titles[name]]
        .flat()
        .map((title) => heading.indexOf(title))
        .find((place) => place >= 0);
    const missing = names.filter((name) => placeOf(name) === undefined);
    if (missing.length > 0) {
      throw new Error(
        `the bill lacks the columns ${missing.map((name) => [titles[name]].flat()[0]).join(', ')}`,
      );
    }
    const doubled = names.map(placeOf).find((place) => heading.indexOf(heading[place!]!, place! + 1) >= 0);
    if (doubled !== undefined) throw new Error(`the bill names the column ${heading[doubled]} twice`);
    this.places = Object.fromEntries(names.map((name) => [name, placeOf(name)])) as Record<Name, number>;
  }

  get count(): number {
    return this.heading.length;
  }

  /** @throws Error where the row's values can't be told apart, as with a comma inside one of them */
  read(row: readonly string[]): Record<Name, string> {
    if (
      row.length < this.heading.length ||
      row.slice(this.heading.length).some((rest) => rest.trim() !== '')
    ) {
      throw new Error(`a row of the bill has ${row.length} values for ${this.heading.length} columns`);
    }
    const values = {} as Record<Name, string>;
    for (const name in this.places) values[name] = (row[this.places[name]] ?? '').trim();
    return values;
  }
}

/** Yuan in a bill → fen; refunds may carry a minus. @throws RangeError for anything else */
export function billAmount(yuan: string): number {
  return fenFromYuan(yuan.replace(/^-/, ''));
}
