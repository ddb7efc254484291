import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../chaos/random.js';
import { Person } from './person.js';

/** What people do, and how often of a thousand times. Hashing a password costs a core 45 ms, so it stays as rare as it is. */
const MIX: readonly (readonly [share: number, step: (person: Person, traffic: Traffic) => Promise<void>])[] =
  [
    [700, (person) => person.consume()],
    [160, (person) => person.holdAndCommit()],
    [127, (person) => person.look()],
    [8, (person) => person.refresh()],
    [3, (person) => person.login()],
    [2, (_, traffic) => traffic.newcomer()],
  ];

/** Everybody who uses the service during the run. */
export class Traffic {
  readonly errors = new Map<string, number>();
  private made = 0;
  private people: Person[] = [];

  constructor(
    private readonly url: string,
    private readonly random: Random,
  ) {}

  async open(people: number): Promise<void> {
    for (let number = 0; number < people; number += 1) this.people.push(await this.customer());
  }

  /** Signs up, buys and uses it once. */
  async newcomer(): Promise<void> {
    const person = await this.customer();
    await person.consume();
    this.collect(person);
  }

  /**
   * @param perSecond how many steps everybody together takes at most; Infinity for as many as they can
   * @returns how many steps were taken, by second
   */
  async run(seconds: number, perSecond: number): Promise<number> {
    const start = performance.now();
    const end = start + seconds * 1000;
    const pauseMs = (this.people.length / perSecond) * 1000;
    let steps = 0;
    const live = async (person: Person, index: number) => {
      // Not all in the same moment.
      let next = start + (pauseMs * index) / this.people.length;
      for (;;) {
        const now = performance.now();
        if (now >= end) return;
        if (next > now) await delay(Math.min(next, end) - now);
        await this.step(person);
        steps += 1;
        next += pauseMs;
      }
    };
    await Promise.all(this.people.map(live));
    for (const person of this.people) this.collect(person);
    return (steps / (performance.now() - start)) * 1000;
  }

  private async step(person: Person): Promise<void> {
    let place = this.random.below(1000);
    for (const [share, step] of MIX) {
      place -= share;
      if (place < 0) return step(person, this);
    }
  }

  private async customer(): Promise<Person> {
    this.made += 1;
    const person = new Person(this.url, `person-${this.made}@example.com`);
    await person.register();
    await person.buy(this.made % 2 ? 'alipay' : 'wechat');
    return person;
  }

  private collect({ errors }: Person): void {
    for (const [error, times] of errors) this.errors.set(error, (this.errors.get(error) ?? 0) + times);
    errors.clear();
  }
}
