/** Standard output, in one place: nothing else is ever written there. */

/** Writes text with exactly one newline at its end; resolves when it has been flushed, so that pipes get all of it. */
export function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text.endsWith('\n') ? text : `${text}\n`, (error) => {
      if (error) reject(error)
      else resolve()
    })
  })
}
