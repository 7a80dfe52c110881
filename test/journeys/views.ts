/** One page in several windows and languages: kept open over a journey, so that each has what it loaded before. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import { expectAccessible } from './accessible.ts'

const widths = [
  ['en', 1280],
  ['ar', 390],
  ['en', 390],
  ['ar', 1280],
] as const

/** Opens an address in every window, as whoever is signed in `as`, and expects it to be there, accessible and no wider than the window. */
export type Everywhere = (address: string, name: string) => Promise<void>

/**
 * Windows for a journey. Pictures are taken of every width, where a folder for them is named; without one the two that find what there is to find are
 * enough.
 */
export function openViews(browser: Browser, as: BrowserContext, pictures = process.env.CAIRN_PICTURES): Everywhere {
  const opened = new Map<string, Page>()
  const pageOf = async (locale: string, width: number) => {
    const key = `${locale} ${width}`
    const before = opened.get(key)
    if (before) return before
    const context = await browser.newContext({ viewport: { width, height: 900 }, locale })
    const page = await context.newPage()
    opened.set(key, page)
    return page
  }
  return async (address, name) => {
    const { cookies } = await as.storageState()
    for (const [locale, width] of pictures ? widths : widths.slice(0, 2)) {
      const page = await pageOf(locale, width)
      await page.context().clearCookies()
      await page
        .context()
        .addCookies([
          ...cookies.filter((cookie) => cookie.name !== 'cairn-language'),
          { name: 'cairn-language', value: locale, url: new URL(address).origin },
        ])
      const answer = await page.goto(address)
      expect(answer!.status(), address).toBe(200)
      expect(await page.getAttribute('html', 'lang')).toBe(locale)
      await expectAccessible(page, `${name}-${locale}-${width}`)
      if (pictures) await page.screenshot({ path: `${pictures}/${name}-${locale}-${width}.png`, fullPage: true })
    }
  }
}
