/** Scanning a printed code: Chromium's fake camera shows a film of the QR code that the print view has. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { qrSvg } from '@cairn/documents'
import { noChromium, openBrowser } from '@cairn/testkit'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './accessible.ts'
import { signIn } from './sign-in.ts'
import { canJourney, type JourneyServer, startJourneyServer } from './start.ts'

const size = { width: 640, height: 480 }

/** A film of one standing picture: YUV4MPEG2, grey. */
function filmOf(luma: Uint8Array): Buffer {
  const frame = [Buffer.from('FRAME\n'), Buffer.from(luma), Buffer.alloc((size.width * size.height) / 2, 128)]
  const head = Buffer.from(`YUV4MPEG2 W${size.width} H${size.height} F10:1 Ip A1:1 C420jpeg\n`)
  return Buffer.concat([head, ...Array.from({ length: 4 }, () => frame).flat()])
}

/** Draws a drawing in the middle of the camera's picture, and reads how bright each dot is. */
async function lumaOf(page: Page, svg: string): Promise<Uint8Array> {
  const base64 = await page.evaluate(
    async ({ source, width, height }) => {
      const image = new Image()
      image.src = `data:image/svg+xml;base64,${btoa(source)}`
      await image.decode()
      const canvas = document.createElement('canvas')
      Object.assign(canvas, { width, height })
      const drawing = canvas.getContext('2d')!
      drawing.fillStyle = '#fff'
      drawing.fillRect(0, 0, width, height)
      drawing.imageSmoothingEnabled = false
      drawing.drawImage(image, 120, 40, 400, 400)
      const { data } = drawing.getImageData(0, 0, width, height)
      let out = ''
      for (let at = 0; at < data.length; at += 4) out += String.fromCharCode(data[at]!)
      return btoa(out)
    },
    { source: svg, ...size },
  )
  return new Uint8Array(Buffer.from(base64, 'base64'))
}

describe.skipIf(!canJourney)(`camera${canJourney ? '' : ` (skipped: ${noChromium}, and npm run build)`}`, () => {
  let server: JourneyServer
  let browser: Browser
  let scanning: Browser
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-camera-'))

  beforeAll(async () => {
    server = await startJourneyServer()
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await scanning?.close()
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  test('the code of a printed credential is read on /verify, and the verdict is computed there', async () => {
    const page = await browser.newPage()
    await signIn(page, server.address)
    const sealed = async () =>
      ((await (await page.request.get(`${server.address}/api/v1/credentials?size=1`)).json()) as { items: { id: string }[] }).items[0]
    await expect.poll(sealed, { timeout: 60_000 }).toBeDefined()
    const answer = await page.request.post(`${server.address}/api/v1/credentials/${(await sealed())!.id}/share`, {
      data: {},
      headers: { origin: server.address },
    })
    const { url } = (await answer.json()) as { url: string }
    await page.goto('about:blank')
    const film = path.join(folder, 'code.y4m')
    writeFileSync(film, filmOf(await lumaOf(page, qrSvg(url))))

    scanning = await openBrowser({ camera: film })
    const context = await scanning.newContext({ viewport: { width: 390, height: 844 }, permissions: ['camera'] })
    const stranger = await context.newPage()
    await stranger.goto(`${server.address}/verify`)
    await stranger.click('button:has-text("camera")')
    await stranger.waitForSelector('[data-verdict=valid][data-by=browser]', { timeout: 60_000 })
    await expectAccessible(stranger, '/verify, scanned')
  })
})
