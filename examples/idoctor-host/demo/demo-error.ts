/** A step of the story did not go as it must. The message is all that the reader gets. */
export class DemoError extends Error {}
