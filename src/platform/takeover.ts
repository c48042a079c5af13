/** A mini-program has no server markup to take over. */
export function takeOver(): void {}
