const DAY = 86_400_000;

/** What is to be looked at when, by the day, so that a day costs what happens on it and not how many customers there are. */
export class Agenda {
  private readonly days = new Map<number, Map<string, Date>>();
  private first = Infinity;

  /** Lays a look at `id`; where it isn't due any more by then, the look finds nothing. */
  add(id: string, at: Date): void {
    const day = Math.floor(at.getTime() / DAY);
    const known = this.days.get(day) ?? new Map<string, Date>();
    this.days.set(day, known);
    const former = known.get(id);
    if (!former || former > at) known.set(id, at);
    this.first = Math.min(this.first, day);
  }

  /** What is due by now; it is due once. */
  take(now: Date): string[] {
    const due: string[] = [];
    const today = Math.floor(now.getTime() / DAY);
    for (; this.first <= today; this.first += 1) {
      const ids = this.days.get(this.first) ?? new Map<string, Date>();
      for (const [id, at] of ids) {
        if (at > now) continue;
        due.push(id);
        ids.delete(id);
      }
      if (ids.size > 0 || this.first === today) break;
      this.days.delete(this.first);
    }
    return due;
  }
}
