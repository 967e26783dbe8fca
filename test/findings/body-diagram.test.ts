import { expect, test } from 'vitest'
import { placeOf } from '../../src/findings/body-places.ts'
import { vocabulary } from '../../src/vocabularies/service.ts'

test('every region of the vocabulary has its place in the drawing, but the whole body', () => {
  const codes = vocabulary('body_regions').terms.map(({ code }) => code)

  expect(codes.filter((code) => placeOf(code) === undefined)).toEqual(['whole_body'])
  const places = codes.map(placeOf).filter((place) => place !== undefined)
  expect(new Set(places.map(String)).size).toBe(codes.length - 1)
})
