/** How the service runs in tests. */
export const testConfig = {
  secondFactor: 'required',
  metricsToken: null,
  trustProxy: false,
  logLevel: 'silent',
  requestsPerMinute: 1_000_000,
} as const
