/** Notices that the process that started this one is gone, whatever ended it. Plain JavaScript for Node 20. */

/** Calls `act` once when the parent process has ended. Keeps nothing alive by itself. */
export function whenParentEnds(act) {
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    act()
  }, 300)
  watch.unref()
}
