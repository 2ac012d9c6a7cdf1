import { expect, test } from 'vitest'
import { mailBody, oneLine } from './mail-body.ts'

test('what people wrote is text in both halves, and links are links', () => {
  const link = { label: 'Open "it"', url: 'https://packline.example/notices/1?a=1&b="2"' }
  const { text, html } = mailBody(['<script>alert(1)</script> & more', 'two\nlines', '', link])
  expect(text).toBe(
    `<script>alert(1)</script> & more\n\ntwo\nlines\n\nOpen "it":\nhttps://packline.example/notices/1?a=1&b="2"\n`,
  )
  expect(html).not.toContain('<script')
  expect(html).toContain('<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; more</p>')
  expect(html).toContain('<p>two<br>\nlines</p>')
  expect(html).toContain(
    '<a href="https://packline.example/notices/1?a=1&amp;b=&quot;2&quot;">Open &quot;it&quot;</a>',
  )
})

test.each([
  ['Orders\r\nBcc: everybody@example.com', 'Orders Bcc: everybody@example.com'],
  ['\u0000a\u2028b\u2029c\u0085d\t', 'a b c d'],
  ['Ünïcode ✓', 'Ünïcode ✓'],
])('%j is one line', (text, expected) => {
  expect(oneLine(text)).toBe(expected)
})
