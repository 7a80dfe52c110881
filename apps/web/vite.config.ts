/** The site: SvelteKit with the Node adapter, texts by Paraglide, our packages from source. */
import { paraglideVitePlugin } from '@inlang/paraglide-js'
import adapter from '@sveltejs/adapter-node'
import { sveltekit } from '@sveltejs/kit/vite'
import { defaultClientConditions, defaultServerConditions, defineConfig } from 'vite'
import { verifierFile, verifyList } from './build-verifier.ts'

export default defineConfig({
  plugins: [
    paraglideVitePlugin({
      project: './project.inlang',
      outdir: './src/lib/paraglide',
      strategy: ['cookie', 'preferredLanguage', 'baseLocale'],
      cookieName: 'cairn-language',
    }),
    verifierFile(),
    verifyList(),
    sveltekit({
      adapter: adapter({ out: 'build', precompress: true }),
      // Which page an address is of is asked of the server: a visitor of one page does not get the plan of the whole house.
      router: { resolution: 'server' },
      csp: {
        mode: 'nonce',
        // R-HDR-1: everything from ourselves.
        directives: {
          'default-src': ['none'],
          'script-src': ['self'],
          // The framework's own announcer for screen readers is placed by a style attribute; this is its hash, and the only one allowed.
          'style-src': ['self', 'unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
          'img-src': ['self', 'data:'],
          'font-src': ['self'],
          'manifest-src': ['self'],
          'worker-src': ['self'],
          'connect-src': ['self'],
          'media-src': ['self', 'blob:'],
          'form-action': ['self'],
          'base-uri': ['none'],
          'frame-ancestors': ['none'],
          'object-src': ['none'],
        },
      },
    }),
  ],
  resolve: { conditions: ['cairn-source', ...defaultClientConditions] },
  ssr: { resolve: { conditions: ['cairn-source', ...defaultServerConditions] } },
  // Fonts stay files: the content policy allows none inside a stylesheet.
  build: { assetsInlineLimit: 0 },
})
