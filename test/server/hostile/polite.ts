/** A worker that takes a moment and tells what it sees of the environment. */
export default async function polite(): Promise<unknown> {
  await new Promise((resolve) => setTimeout(resolve, 300))
  return { environment: Object.keys(process.env) }
}
