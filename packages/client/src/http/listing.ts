export interface Page<Item> {
  items: Item[];
  /** Asks for what follows; null on the last page. */
  nextCursor: string | null;
}

/** A list that the service gives in pages, newest first: walk over all of it, or take a page at a time. */
export class Listing<Item> implements AsyncIterable<Item> {
  /** @param load gives the page at a cursor; the first where it is undefined */
  constructor(private readonly load: (cursor: string | undefined) => Promise<Page<Item>>) {}

  /** @param cursor a `nextCursor`; none for the first page */
  page(cursor?: string | null): Promise<Page<Item>> {
    return this.load(cursor ?? undefined);
  }

  /** Every item, page after page, each asked for when it is needed. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    let cursor: string | undefined;
    do {
      const { items, nextCursor } = await this.load(cursor);
      yield* items;
      cursor = nextCursor ?? undefined;
    } while (cursor !== undefined);
  }
}
