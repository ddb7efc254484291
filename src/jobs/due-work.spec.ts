import { Logger } from '@nestjs/common';
import { DueWork } from './due-work.js';

/** Work of which so much is due, once. */
const once = (amount: number) => {
  let left = amount;
  return async () => {
    const done = left;
    left = 0;
    return done;
  };
};

describe('due work', () => {
  it('runs until nothing more is due, what other work made due included', async () => {
    const due = new DueWork();
    let letters = 0;
    due.register('letters', async () => {
      const sent = letters;
      letters = 0;
      return sent;
    });
    const orders = once(2);
    due.register('orders', async () => {
      const closed = await orders();
      letters += closed;
      return closed;
    });
    expect(await due.runAll()).toEqual({ letters: 2, orders: 2 });
    expect(await due.runAll()).toEqual({ letters: 0, orders: 0 });
  });

  it('goes on where one kind fails, and says so', async () => {
    const error = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => {});
    const due = new DueWork();
    due.register('broken', () => Promise.reject(new Error('no')));
    due.register('sound', once(1));
    expect(await due.runAll()).toEqual({ broken: 0, sound: 1 });
    expect(error).toHaveBeenCalled();
    error.mockRestore();
  });

  it('ends where work is always due', async () => {
    const due = new DueWork();
    due.register('endless', async () => 1);
    expect(await due.runAll()).toEqual({ endless: 10 });
  });

  it('knows each kind once', () => {
    const due = new DueWork();
    due.register('holds', once(0));
    expect(() => due.register('holds', once(0))).toThrow('registered already');
  });
});
