/** Graduation day: a workbook of 2,000 learners becomes 2,000 delivered mails while nobody watches. */

import { bringBack, deliveryReport, freePort, type MailServer, noChromium, openBrowser, startMailServer } from '@cairn/testkit'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import writeXlsx from 'write-excel-file/node'
import { expectAccessible } from './accessible.ts'
import { callApi } from './call-api.ts'
import { signIn } from './sign-in.ts'
import { canJourney, type JourneyServer, startJourneyServer } from './start.ts'

const learners = 2000
/** Where pictures are kept, when somebody wants to look. */
const pictures = process.env.CAIRN_PICTURES

describe.skipIf(!canJourney)(`graduation day${canJourney ? '' : ` (skipped: ${noChromium}, and npm run build)`}`, () => {
  let server: JourneyServer
  let browser: Browser
  let staff: BrowserContext
  let mail: MailServer
  let returnsPort = 0

  beforeAll(async () => {
    mail = await startMailServer()
    returnsPort = await freePort()
    const returns = { CAIRN_RETURNS: 'returns.example', CAIRN_RETURNS_PORT: String(returnsPort) }
    server = await startJourneyServer({ SMTP_URL: mail.url, CAIRN_SEAL_LEVEL: 'B', ...returns })
    browser = await openBrowser()
    staff = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    const page = await staff.newPage()
    await signIn(page, server.address)
    await page.close()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    await mail?.close()
  })

  const look = async (page: Page, name: string) => {
    if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true })
  }
  /** The page once more on a phone in Arabic. */
  const onAPhone = async (address: string, name: string) => {
    const cookies = (await staff.cookies()).filter(({ name }) => name !== 'cairn-language')
    const phone = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'ar' })
    await phone.addCookies(cookies)
    const page = await phone.newPage()
    await page.goto(address)
    await expectAccessible(page, `${name} on a phone in Arabic`)
    await look(page, `${name}-390-ar`)
    await phone.close()
  }
  const claims = () => mail.received.filter(({ to }) => /^graduate\d+@/.test(to[0]!))

  test('XLSX to 2,000 delivered mails, the tab closed half-way', async () => {
    const header = ['Given name', 'Family name', 'E-mail', 'Date of birth', 'Award date', 'Grade'].map((value) => ({ value }))
    const rows = Array.from({ length: learners }, (_, at) =>
      ['Žofie', `Ďáblíková ${at}`, `graduate${at}@learners.example`, `${1960 + (at % 40)}-03-0${1 + (at % 9)}`, '2026-05-12', 'A'].map(
        (value) => ({ value }),
      ),
    )
    const workbook = await writeXlsx([header, ...rows]).toBuffer()

    const page = await staff.newPage()
    await page.goto(`${server.address}/batches/new`)
    await page.setInputFiles('input[type=file]', {
      name: 'graduates.xlsx',
      mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      buffer: Buffer.from(workbook),
    })
    await page.click('form[action="?/table"] button.main')
    await page.waitForURL(/\/batches\/[0-9a-f-]{36}$/)
    await expectAccessible(page, 'the summary')
    await look(page, 'bulk-read-1280-en')
    await page.click('form[action="?/confirm"] summary')
    await look(page, 'bulk-summary-1280-en')
    await page.selectOption('select[name=noticeMinutes]', '0')
    await page.click('form[action="?/confirm"] button.main')
    // The page is told by the server; it is not read anew.
    await page.waitForFunction(
      (half) => Number(document.querySelector<HTMLElement>('[data-sealed]')?.dataset.sealed) >= half,
      learners / 2,
      {
        timeout: 120_000,
      },
    )
    await look(page, 'bulk-progress-1280-en')
    const address = page.url().replace(/\?.*/, '')
    await page.close()
    expect(claims().length).toBeLessThan(learners)

    await expect.poll(() => claims().length, { timeout: 150_000, interval: 250 }).toBe(learners)
    expect(new Set(claims().map(({ to }) => to[0])).size).toBe(learners)

    const later = await staff.newPage()
    await later.goto(address)
    await later.waitForSelector(`[data-sealed="${learners}"][data-sent="${learners}"]`)
    await expectAccessible(later, 'the end')
    await look(later, 'bulk-end-1280-en')
    const report = await later.request.get(`${address}/report`)
    expect((await report.text()).trim().split('\r\n')).toHaveLength(learners + 1)
    await later.close()
    await onAPhone(address, 'bulk-end')
    // Long lines are broken softly on the way.
    expect(mail.received.filter(({ raw }) => raw.replaceAll('=\r\n', '').includes(address))).toHaveLength(1)
  })

  test('one of two thousand is found: in the batch by name, number or page, in the list without leaving the batch, in the record by who did what', async () => {
    const page = await staff.newPage()
    const [batch] = await api<{ id: string }[]>(page, 'get', '/batches?size=1')
    const address = `${server.address}/batches/${batch!.id}`
    const { items } = await api<{ items: { learner: string; referenceNumber: string }[] }>(
      page,
      'get',
      `/credentials?batch=${batch!.id}&q=graduate1234@`,
    )
    for (const words of ['graduate1234@', 'dablikova graduate1234', items[0]!.referenceNumber]) {
      await page.goto(address)
      await page.fill('search input[name=q]', words)
      await page.click('search button')
      await page.waitForURL('**q=**')
      expect(await page.locator('tbody tr').count(), words).toBe(1)
      expect(await page.textContent('tbody tr')).toContain('graduate1234@')
    }
    await expectAccessible(page, 'a row found')
    await page.goto(address)
    await page.fill('input[name=page]', '40')
    await page.click('nav form button')
    await page.waitForURL('**page=40**')
    expect(await page.textContent('tbody')).toContain('graduate1999@')
    await expectAccessible(page, 'the last page')
    await look(page, 'bulk-page-40-1280-en')
    await page.goto(`${server.address}/credentials?batch=${batch!.id}`)
    await page.fill('search input[name=q]', 'graduate77@')
    await page.click('search button')
    await page.waitForURL('**q=**')
    expect(page.url()).toContain(`batch=${batch!.id}`)
    expect(await page.textContent('main')).toContain('graduates.xlsx')
    await expectAccessible(page, 'found in the batch')
    await look(page, 'bulk-found-1280-en')
    await onAPhone(page.url(), 'bulk-found')
    await onAPhone(`${address}?q=graduate1234`, 'bulk-row')
    await page.goto(`${server.address}/events?subject=${batch!.id}`)
    expect(await page.locator('tbody tr').allTextContents()).toEqual(
      expect.arrayContaining([expect.stringContaining('the server'), expect.stringMatching(/confirmed/i)]),
    )
    await expectAccessible(page, 'the record of the batch')
    await look(page, 'events-batch-1280-en')
    await onAPhone(page.url(), 'events-batch')
    await onAPhone(`${server.address}/batches`, 'batches')
    await page.goto(`${server.address}/outbox`)
    await page.fill('search input[name=q]', 'graduate1999@')
    await page.click('search button')
    await page.waitForURL('**q=**')
    expect(await page.locator('main details').count()).toBe(1)
    await page.selectOption('search select', 'failed')
    await page.click('search button')
    await page.waitForURL('**only=failed**')
    expect(await page.locator('main details').count()).toBe(0)
    await expectAccessible(page, 'messages that did not arrive')
    await look(page, 'outbox-failed-1280-en')
    await onAPhone(`${server.address}/outbox?q=graduate19`, 'outbox-found')
    await page.close()
  })

  test('three mails come back: the batch says how many, the outbox why, and the learner is written to at another address', async () => {
    for (const [at, status] of ['5.1.1', '5.2.2', '5.7.1'].entries()) {
      const { from } = claims().find(({ to }) => to[0] === `graduate${100 + at}@learners.example`)!
      expect(await bringBack(returnsPort, from, deliveryReport(`Action: failed\r\nStatus: ${status}`))).toBe(250)
    }
    const page = await staff.newPage()
    await page.goto(`${server.address}/home`)
    await look(page, 'returned-home-1280-en')
    await page.click('a[href="/outbox?only=failed"]:has-text("did not arrive: 3")')
    await page.waitForURL('**only=failed**')
    const [batch] = await api<{ id: string }[]>(page, 'get', '/batches?size=1')
    await page.goto(`${server.address}/batches/${batch!.id}`)
    await page.waitForSelector(`[data-sent="${learners - 3}"]`)
    await expectAccessible(page, 'a batch of which mails came back')
    await look(page, 'returned-batch-1280-en')
    await page.click('a[href="/outbox?only=failed"]')
    await page.waitForURL('**only=failed**')
    expect((await page.locator('main summary').allTextContents()).filter((text) => text.includes('came back'))).toHaveLength(3)
    const wrong = page.locator('details:has-text("graduate100@")')
    await wrong.locator('summary').click()
    expect(await wrong.textContent()).toContain('there is no such mailbox (5.1.1)')
    await expectAccessible(page, 'mails that came back')
    await look(page, 'returned-outbox-1280-en')
    await onAPhone(page.url(), 'returned-outbox')
    await wrong.locator('a[href$="#send"]').click()
    await page.waitForURL('**#send')
    const form = page.locator('form#send')
    await form.locator('input[name=email]').fill('no-address@')
    await form.evaluate((each: HTMLFormElement) => each.setAttribute('novalidate', ''))
    await form.locator('button').click()
    await page.waitForSelector('[role=alert]')
    expect(await form.locator('input[name=email]').inputValue()).toBe('no-address@')
    await expectAccessible(page, 'an address that is none')
    await look(page, 'returned-credential-1280-en')
    await onAPhone(page.url().replace(/\?.*/, ''), 'returned-credential')
    await form.locator('input[name=email]').fill('zofie@elsewhere.example')
    await form.locator('button').click()
    await page.waitForSelector('[role=status]')
    await expect.poll(() => mail.received.filter(({ to }) => to[0] === 'zofie@elsewhere.example').length, { timeout: 20_000 }).toBe(1)
    expect(await page.textContent('dl.facts')).toContain('zofie@elsewhere.example')
    expect(await page.textContent('main')).toContain('A mail to a learner came back')
    // What was written again is no longer among what has to be looked after.
    await page.goto(`${server.address}/outbox?only=failed`)
    expect(await page.locator('main details').count()).toBe(2)
    await page.goto(`${server.address}/outbox?q=graduate100@`)
    expect(await page.textContent('main summary')).toContain('written to again')
    await page.goto(`${server.address}/batches/${batch!.id}`)
    await page.waitForSelector(`[data-sent="${learners - 2}"]`)
    await page.close()
  })

  const api = <T>(page: Page, method: 'get' | 'post', where: string, data?: object) => callApi<T>(page, server.address, method, where, data)

  test('a name is corrected: the old link says superseded and leads to the new one', async () => {
    const page = await staff.newPage()
    const { items } = await api<{ items: { id: string }[] }>(page, 'get', '/credentials?q=graduate7@&size=1')
    const { url } = await api<{ url: string }>(page, 'post', `/credentials/${items[0]!.id}/share`, {})
    await page.goto(`${server.address}/credentials/${items[0]!.id}`)
    await page.click('a[href$="/replace"]')
    await page.waitForURL('**/replace')
    await expectAccessible(page, 'the form')
    await look(page, 'replace-form-1280-en')
    await onAPhone(page.url(), 'replace-form')
    await page.fill('input[name=familyName]', 'Ďáblíková sedmá')
    await page.click('form[method=post] button.main:has-text("Check")')
    await page.waitForURL(/\/batches\/[0-9a-f-]{36}$/)
    await look(page, 'replace-summary-1280-en')
    await page.click('form[action="?/confirm"] button.main')
    await page.waitForSelector('[data-sealed="1"]')
    await page.goto(url)
    await page.waitForSelector('[data-verdict=invalid][data-by=browser][data-tone=stale]')
    expect(await page.textContent('main')).toMatch(/superseded/i)
    await expectAccessible(page, 'the old link')
    await look(page, 'superseded-1280-en')
    await onAPhone(url, 'superseded')
    await page.click('a.main[href*="/c/"]')
    await page.waitForSelector('[data-verdict=valid][data-by=browser]')
    expect(await page.textContent('h1 + p, .earned')).toContain('sedmá')
    await page.close()
  })

  test('three are chosen in the list and revoked with one reason, after a summary', async () => {
    const page = await staff.newPage()
    await page.goto(`${server.address}/credentials?q=graduate19`)
    for (const at of [0, 1, 2]) await page.locator('input[name=id]').nth(at).check()
    await expectAccessible(page, 'the list')
    await look(page, 'revoke-list-1280-en')
    await page.click('form[action="/credentials/revoke"] button')
    await page.waitForURL('**/credentials/revoke?**')
    await expectAccessible(page, 'the summary of a revocation')
    await look(page, 'revoke-summary-1280-en')
    await onAPhone(page.url(), 'revoke-summary')
    await page.selectOption('select[name=reason]', 'error')
    await page.check('input[name=sure]')
    await page.click('button.grave')
    await page.waitForSelector('.notice.done')
    expect(await page.textContent('.notice.done')).toContain('3')
    await page.close()
  })

  test('wrong rows are downloaded, corrected in a spreadsheet, and given back', async () => {
    const page = await staff.newPage()
    await page.goto(`${server.address}/batches/new`)
    await page.fill(
      'textarea[name=text]',
      'Given name\tDate of birth\tAward date\nIda\t2001-02-30\t2026-05-12\nJan\t2001-02-03\t2026-05-12',
    )
    await page.click('form[action="?/table"] button.main')
    await page.waitForURL(/\/batches\/[0-9a-f-]{36}$/)
    await page.click('details:has(form[action="?/correct"]) summary')
    await expectAccessible(page, 'the rows to correct')
    await look(page, 'correct-1280-en')
    await onAPhone(page.url(), 'correct')
    expect(await page.getByText('There is no such day.').count()).toBe(1)
    const everything = await (await page.request.get(`${page.url()}?only=all`)).text()
    expect(everything.match(/<td><bdi>[^<]*<\/bdi>/g)?.join(' '), 'no other day is shown for one that does not exist').toContain(
      '2001-02-30',
    )
    const file = await (await page.request.get(`${page.url()}/template`)).text()
    await page.setInputFiles('input[name=file]', {
      name: 'corrected.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(file.replace('2001-02-30', '2001-02-28')),
    })
    await page.click('form[action="?/correct"] button')
    await page.waitForSelector('form[action="?/confirm"]')
    await page.close()
  })
})
