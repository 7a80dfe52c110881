/** Time as a thread spends it: what else the machine does has no part in it, as it has none in R-LIM's limits of CPU time. */

/** Starts a clock; it answers the milliseconds of CPU that this thread took since. */
export function cpuClock(): () => number {
  const from = process.threadCpuUsage()
  return () => {
    const { user, system } = process.threadCpuUsage(from)
    return (user + system) / 1000
  }
}
