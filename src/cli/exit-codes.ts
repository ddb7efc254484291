/** 0: done. 1: the work failed, or found something for a person. 2: the words were not understood. */

/** Something differs or is to do, and nothing was changed. */
export const PENDING = 3;
