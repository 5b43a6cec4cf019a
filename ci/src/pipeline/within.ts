/** Something took longer than it may. */
export class Timeout extends Error {
  override readonly name = "Timeout"
}

/** Waits for a promise so many seconds, then throws a {@link Timeout}; what it stands for goes on unobserved. */
export async function within<T>(seconds: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Timeout()), seconds * 1000)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
