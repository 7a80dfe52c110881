/** R-XSS-1: what others write stays text, wherever it is shown: fourteen texts that would be code, in every field of an award, on a dozen outputs. */
import { mailHtml } from '@cairn/documents'
import { noChromium, openBrowser } from '@cairn/testkit'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callApi } from './call-api.ts'
import { signIn } from './sign-in.ts'
import { canJourney, type JourneyServer, startJourneyServer } from './start.ts'

const payloads = [
  '<script>alert(1)</script>',
  '</script><script>alert(2)</script>',
  '"><img src=x onerror=alert(3)>',
  "'><svg onload=alert(4)>",
  '</title></textarea></style><svg/onload=alert(5)>',
  '" autofocus onfocus=alert(6) x="',
  'javascript:alert(7)',
  '<a href="javascript:alert(8)">here</a>',
  '<iframe srcdoc="<script>alert(9)</script>"></iframe>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(10)>',
  '--><script>alert(11)</script><!--',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text that is tried.
  '${alert(12)}{{constructor.constructor("alert(12)")()}}',
  '<style>@import "javascript:alert(13)"</style><b onclick=alert(13)>',
  '\u2028alert(14)//\\u003cscript\\u003ealert(14)',
] as const
const payload = (at: number) => payloads[at % payloads.length]!

/** Replaces every text that people wrote in a specification, each by another payload. */
function poison(draft: Record<string, unknown>): Record<string, unknown> {
  let at = 0
  const isText = (value: unknown): value is Record<string, string> =>
    typeof value === 'object' && value !== null && 'en' in value && typeof value.en === 'string'
  const walk = (value: unknown): unknown => {
    if (isText(value)) return Object.fromEntries(Object.keys(value).map((language) => [language, `T ${payload(at++)}`]))
    if (Array.isArray(value)) return value.map(walk)
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, walk(each)]))
    return value
  }
  return walk(draft) as Record<string, unknown>
}

describe.skipIf(!canJourney)(`texts that would be code${canJourney ? '' : ` (skipped: ${noChromium}, and npm run build)`}`, () => {
  let server: JourneyServer
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let specification = ''
  let edition = ''
  let batch = ''
  const executed: string[] = []

  beforeAll(async () => {
    server = await startJourneyServer({ CAIRN_SEAL_LEVEL: 'B' })
    browser = await openBrowser()
    context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    await context.exposeBinding('cairnExecuted', ({ page: where }, what: string) => void executed.push(`${where.url()} ${what}`))
    await context.addInitScript(() => {
      window.alert = (what) => void (window as unknown as { cairnExecuted(what: string): void }).cairnExecuted(String(what))
    })
    page = await context.newPage()
    await signIn(page, server.address)
    await write()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  /** Writes them into the institution, a specification, a table of learners, and what a reader is told. */
  async function write(): Promise<void> {
    const call = <T>(method: 'get' | 'post' | 'put', where: string, data?: object) => callApi<T>(page, server.address, method, where, data)
    const first = (await call<{ id: string }[]>('get', '/specifications'))[0]!
    const copy = await call<{ id: string; revision: number; draft: Record<string, unknown> }>(
      'post',
      `/specifications/${first.id}/copy`,
      {},
    )
    specification = copy.id
    const draft = { ...poison(copy.draft), id: copy.draft.id, kind: 'badge' }
    const saved = await call<{ revision: number }>('put', `/specifications/${copy.id}`, { revision: copy.revision, draft })
    edition = (await call<{ edition: { id: string } }>('post', `/specifications/${copy.id}/publish`, { revision: saved.revision })).edition
      .id
    const cell = (text: string) => `"${text.replaceAll('"', '""')}"`
    const lines = payloads.map((text, at) => `${cell(text)},${cell(payload(at + 1))},1990-03-01,2026-05-12,l${at}@learners.example`)
    const table = ['givenName,familyName,dateOfBirth,awardDate,email', ...lines].join('\n')
    const made = await call<{ id: string; counts: { ready: number } }>('post', '/batches', {
      edition,
      fileName: `${payloads[2]}.csv`,
      base64: Buffer.from(table).toString('base64'),
    })
    batch = made.id
    expect(made.counts.ready).toBe(payloads.length)
    await call('post', `/batches/${batch}/confirm`, { ready: payloads.length })
    for (let tries = 0; (await call<{ settled: boolean }>('get', `/batches/${batch}/progress`)).settled === false && tries < 200; tries++)
      await new Promise((resolve) => setTimeout(resolve, 100))
  }

  /** Opens a page, waits until its scripts have done what they do, and looks for anything that one of the texts became. */
  async function expectText(where: string, shows: string, on: Page = page): Promise<void> {
    await on.goto(where.startsWith('http') ? where : `${server.address}${where}`, { waitUntil: 'load' })
    // What scripts make of it comes a moment later.
    await on.waitForTimeout(200)
    await becameNothing(where, on)
    expect(await on.textContent('body'), where).toContain(shows)
  }
  async function becameNothing(where: string, on: Page): Promise<void> {
    const became = await on.evaluate(() =>
      [...document.querySelectorAll('*')]
        .filter(
          (each) =>
            each.matches('iframe, math, mglyph, body > style, b[onclick], img[src="x"]') ||
            [...each.attributes].some(
              ({ name, value }) => /^on/.test(name) || (/^(xlink:)?href$|src|action|data$/.test(name) && /^\s*javascript:/i.test(value)),
            ),
        )
        .map((each) => each.outerHTML.slice(0, 120)),
    )
    expect(became, where).toEqual([])
    expect(executed, where).toEqual([])
  }

  test('a script on a page of ours would be seen', async () => {
    const other = await (await browser.newContext()).newPage()
    await other.exposeFunction('cairnExecuted', (what: string) => void executed.push(what))
    await other.setContent(`<p>${payloads[2]}</p><script>window.alert = (what) => cairnExecuted(String(what))</script>`)
    await expect.poll(() => executed.splice(0)).toEqual(['3'])
    await other.context().close()
  })

  test('in the console: designer, batch, credentials, one of them, record, outbox, search', async () => {
    await expectText(`/specifications/${specification}`, payload(2).slice(0, 8))
    await expectText(`/batches/${batch}`, '<script>alert(1)</script>')
    await expectText('/credentials', '<script>alert(1)</script>')
    const { items } = await callApi<{ items: { id: string; learner: string }[] }>(page, server.address, 'get', '/credentials')
    for (const { id, learner } of items.slice(0, 5)) await expectText(`/credentials/${id}`, learner)
    await expectText('/events', '')
    await expectText('/outbox', '<script>alert(1)</script>')
    for (const text of payloads.slice(1, 6)) await expectText(`/credentials?q=${encodeURIComponent(text)}`, '')
  })

  test('in public: catalogue, claim, shared page, what is computed of a file, pages that are not there, and without scripts', async () => {
    await expectText(`/catalogue/${edition}`, 'alert(')
    const { items } = await callApi<{ items: { link?: string }[] }>(page, server.address, 'get', '/outbox')
    const claims = items.flatMap(({ link }) => (link?.includes('/claim/') ? [link] : []))
    await expectText(claims[0]!, 'alert(')
    const { items: credentials } = await callApi<{ items: { id: string; learner: string }[] }>(page, server.address, 'get', '/credentials')
    for (const { id, learner } of credentials.slice(0, 2)) {
      const { url: link } = await callApi<{ url: string }>(page, server.address, 'post', `/credentials/${id}/share`, {})
      await expectText(link, learner)
      const plain = await browser.newContext({ javaScriptEnabled: false })
      const reader = await plain.newPage()
      await reader.goto(link)
      expect(await reader.textContent('body')).toContain(learner)
      await plain.close()
    }
    const file = await page.request.get(`${server.address}/api/v1/credentials/${credentials[0]!.id}/file?form=elm`)
    await page.goto(`${server.address}/verify`)
    await page.setInputFiles('input[type=file]', { name: `${payload(3)}.jsonld`, mimeType: 'application/json', buffer: await file.body() })
    await expect.poll(() => page.textContent('body'), { timeout: 30_000 }).toContain(credentials[0]!.learner)
    await becameNothing('/verify', page)
    for (const text of payloads.slice(0, 2)) await expectText(`/c/${encodeURIComponent(text)}`, '')
  })

  test('in a letter', async () => {
    const { items } = await callApi<{ items: { subject: string; text: string }[] }>(page, server.address, 'get', '/outbox')
    const letter = await (await browser.newContext()).newPage()
    for (const item of items.slice(0, payloads.length)) {
      await letter.setContent(mailHtml(item))
      await becameNothing('a letter', letter)
    }
    await letter.context().close()
  })
})
