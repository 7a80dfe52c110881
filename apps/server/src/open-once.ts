/** What takes long to open is opened once, however many ask for it at once; what could not be opened is tried again by the next. */

/** What is open under a name, or is opened now by `open`. Raises what that raises. */
export async function openOnce<Opened>(kept: Map<string, Promise<Opened>>, name: string, open: () => Promise<Opened>): Promise<Opened> {
  const opening = kept.get(name) ?? open()
  kept.set(name, opening)
  try {
    return await opening
  } catch (error) {
    kept.delete(name)
    throw error
  }
}
