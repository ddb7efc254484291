import { fenFromYuan } from '../../money/fen.js';

/** Finds the values of a bill's row by their columns' titles: channels add columns now and then, in any place. */
export class BillColumns<Name extends string> {
  private readonly places: Readonly<Record<Name, number>>;

  /**
   * @param titles the title of each wanted column
   * @throws Error that names the columns that the heading lacks
   */
  constructor(
    private readonly heading: readonly string[],
    titles: Readonly<Record<Name, string>>,
  ) {
    const names = Object.keys(titles) as Name[];
    const missing = names.filter((name) => !heading.includes(titles[name]));
    if (missing.length > 0) {
      throw new Error(`the bill lacks the columns ${missing.map((name) => titles[name]).join(', ')}`);
    }
    this.places = Object.fromEntries(names.map((name) => [name, heading.indexOf(titles[name])])) as Record<
      Name,
      number
    >;
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
