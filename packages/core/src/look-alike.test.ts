import { expect, test } from 'vitest'
import { glanceOf } from './look-alike.ts'

test.each([
  ['University of Oxford', 'Univеrsity оf Охford'],
  ['University of Oxford', 'UNIVERSITY  OF OXFORD'],
  ['Modern College', 'Modem College'],
  ['Small College', 'SmaII CoIIege'],
  ['Small College', 'Sma11 C0llege'],
  ['Small College', 'Ｓｍａｌｌ Ｃｏｌｌｅｇｅ'],
  ['Small College', 'Small\u200b Col\u00adlege'],
  ['Univerzita Žilina', 'Univerzita Zilina'],
  ['Weather Service', 'VVeather Service'],
  ['Κολλέγιο', 'Kολλεγιο'],
])('R-ISS-2: %s and %s look alike', (one, other) => {
  expect(glanceOf(other)).toBe(glanceOf(one))
})

test('R-ISS-2: names that differ to the eye stay apart', () => {
  const names = [
    'University of Oxford',
    'University of Oxfordshire',
    'Small College',
    'Smart College',
    'كلية صغيرة',
    'كلية كبيرة',
    'Колледж',
    'Κολλέγιο',
    '學院',
  ]
  expect(new Set(names.map(glanceOf)).size).toBe(names.length)
})
