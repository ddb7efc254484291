import Sequencer from '@jest/test-sequencer';

/** They start processes and wait for them: begun last, they would keep one worker after the other is done. */
const LONG =
  /(chaos|backup\.process|start|bills|crash|race|embedded-\w+|traces|upgrade|simulation|fuzz)\.spec\.ts$/;

/** Without the times of an earlier run the default goes by a file's size, which says little here. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const isLong = ({ path }) => LONG.test(path);
    return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
  }
}
