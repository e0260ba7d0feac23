/** Waits until a condition holds, with a deadline; answers what it gave. @throws Error that tells the last value */
export async function eventually<T>(
  condition: () => Promise<T> | T,
  holds: (value: T) => boolean = Boolean,
  seconds = 20,
): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const value = await condition();
    if (holds(value)) return value;
    if (performance.now() > deadline)
      throw new Error(`it did not come to hold in ${seconds} s; at last: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
