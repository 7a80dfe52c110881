/** Cookies that the server gives as whole `Set-Cookie` lines. */
import type { Cookies } from '@sveltejs/kit'

/** Hands them on with their own attributes; what is not said becomes strict. */
export function takeCookies(cookies: Cookies, lines: readonly string[]): void {
  for (const line of lines) {
    const [pair = '', ...attributes] = line.split(/;\s*/)
    const at = pair.indexOf('=')
    const given = new Map(attributes.map((each) => [each.split('=')[0]!.toLowerCase(), each.split('=').slice(1).join('=')]))
    const maxAge = given.get('max-age')
    cookies.set(pair.slice(0, at), decodeURIComponent(pair.slice(at + 1)), {
      path: given.get('path') ?? '/',
      httpOnly: given.has('httponly'),
      secure: given.has('secure'),
      sameSite: given.get('samesite')?.toLowerCase() === 'strict' ? 'strict' : 'lax',
      ...(maxAge === undefined ? {} : { maxAge: Number(maxAge) }),
    })
  }
}
