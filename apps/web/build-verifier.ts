/** Two things that the build makes beside the pages: the verifier as one file, and the list of what `/verify` is made of. */
import path from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { build, defaultClientConditions, type Plugin } from 'vite'

const root = import.meta.dirname
const name = 'virtual:verifier-file'

/** `virtual:verifier-file` is the whole verifier as HTML: one script, one style sheet, no address of anything else. */
export function verifierFile(): Plugin {
  let html: Promise<string> | undefined
  return {
    name: 'cairn-verifier-file',
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    async load(id) {
      if (id !== `\0${name}`) return undefined
      html ??= oneFile()
      return `export default ${JSON.stringify(await html)}`
    },
  }
}

async function oneFile(): Promise<string> {
  const result = await build({
    configFile: false,
    root,
    logLevel: 'error',
    plugins: [svelte({ configFile: false, emitCss: false, compilerOptions: { css: 'injected' } }), withoutFonts(), withoutAddresses()],
    resolve: { conditions: ['cairn-source', ...defaultClientConditions] },
    publicDir: false,
    build: {
      write: false,
      cssCodeSplit: false,
      assetsInlineLimit: Number.MAX_SAFE_INTEGER,
      modulePreload: false,
      rolldownOptions: { input: path.join(root, 'src/verifier-file/main.ts'), output: { format: 'es', codeSplitting: false } },
    },
  })
  const chunks = [result].flat().flatMap((each) => ('output' in each ? each.output : []))
  const scripts = chunks.flatMap((each) => (each.type === 'chunk' ? [each.code] : []))
  if (scripts.length !== 1) throw new Error(`The verifier is ${scripts.length} scripts and should be one.`)
  // The end of a script inside a script would end it.
  const script = scripts[0]!.replaceAll('</script', '<\\/script')
  const policy =
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <link rel="icon" href="data:,">
    <title>Cairn</title>
  </head>
  <body>
    <script type="application/json" id="registry">null</script>
    <script type="module">${script}</script>
  </body>
</html>
`
}

/** Fonts are a megabyte; the device has some. */
function withoutFonts(): Plugin {
  return {
    name: 'cairn-without-fonts',
    enforce: 'pre',
    transform: (code, id) => (id.includes('/tokens.css') ? code.replace(/@import "@fontsource[^;]+;/g, '') : undefined),
  }
}

/** Packages of vocabularies tell where their files would stand; nobody asks, and a single file has no place beside it. */
function withoutAddresses(): Plugin {
  return {
    name: 'cairn-without-addresses',
    enforce: 'pre',
    transform: (code, id) =>
      id.includes('-context/') ? code.replace(/new URL\(\s*(['"])[^'"]+\1\s*,\s*import\.meta\.url\s*,?\s*\)/g, 'undefined') : undefined,
  }
}

/**
 * Writes `_app/verify.json`: the addresses of every script and style sheet that `/verify` may load, the forms that it loads late included. The service
 * worker keeps these, and a test adds them up.
 */
export function verifyList(): Plugin {
  return {
    name: 'cairn-verify-list',
    enforce: 'post',
    applyToEnvironment: (environment) => environment.name === 'client',
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).flatMap((each) => (each.type === 'chunk' ? [each] : []))
      const holds = (file: string) => chunks.filter(({ moduleIds }) => moduleIds.some((id) => id.endsWith(file)))
      const roots = [
        ...chunks.filter(({ name }) => /entry\/(start|app)$/.test(name)),
        ...[
          'src/routes/+layout.svelte',
          'src/routes/+error.svelte',
          'src/routes/(public)/+layout.svelte',
          '(public)/verify/+page.svelte',
        ].flatMap(holds),
      ]
      const files = new Set<string>()
      const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
      const visit = (file: string) => {
        const chunk = byName.get(file)
        if (!chunk || files.has(file)) return
        files.add(file)
        const style = (chunk as { viteMetadata?: { importedCss: Set<string> } }).viteMetadata?.importedCss ?? []
        for (const css of style) files.add(css)
        for (const next of chunk.imports) visit(next)
        // The entry names every page of the site; the pages themselves name what they load late.
        if (!/entry\/app$/.test(chunk.name)) for (const next of chunk.dynamicImports) visit(next)
      }
      for (const { fileName } of roots) visit(fileName)
      if (!holds('(public)/verify/+page.svelte').length) return
      this.emitFile({ type: 'asset', fileName: '_app/verify.json', source: JSON.stringify([...files].sort().map((file) => `/${file}`)) })
    },
  }
}
