import { Known } from './values.js';

const WANTED = /id$|^refreshToken$|^nextCursor$|^email$|^code$/i;
const KEPT = 200;

/** Of one's own the newest are taken, so that an id and the id of something in it belong together. */
const NEWEST = 4;

/** Ids, tokens and cursors of answers, for later requests: by who was answered, and by the route that answered. */
export class Harvest {
  private readonly values = new Map<string, string[]>();

  /** @param path as the document writes it: an id in an answer of `GET /payments` fits behind `/payments/` */
  gather(person: string, path: string, text: string): void {
    const place = placeOf(`${path}/`);
    JSON.parse(text, (name, value: unknown) => {
      if (typeof value === 'string' && WANTED.test(name)) {
        const kept = name === 'nextCursor' ? 'cursor' : name;
        for (const key of [`${person} ${place} ${kept}`, `${place} ${kept}`, kept]) this.keep(key, value);
      }
      return value;
    });
  }

  keep(key: string, value: string): void {
    const values = this.values.get(key) ?? [];
    this.values.set(key, [...values.filter((one) => one !== value), value].slice(-KEPT));
  }

  /** @param before what the document writes before it, where it stands in a path; the whole path for a body's member */
  find({ name, pick }: Known, person: string, before: string): string | null {
    const place = placeOf(before);
    const own = [`${person} ${place} ${name}`, `${person} ${place} id`];
    // A cursor is good for its own list only.
    const others = [`${place} ${name}`, `${place} id`, ...(name === 'cursor' ? [] : [name])];
    // Now and then what belongs to somebody else, though there is something of one's own.
    for (const key of pick % 5 === 0 ? others : [...own, ...others]) {
      const values = this.values.get(key);
      if (values) return values.at(-1 - ((pick % (own.includes(key) ? NEWEST : KEPT)) % values.length))!;
    }
    return null;
  }
}

function placeOf(path: string): string {
  return path.replaceAll(/\{\w+\}/g, '{}');
}
