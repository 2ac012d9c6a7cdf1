/** Longer headers are nobody's languages. */
const longestHeader = 1_000

/**
 * The first language of an Accept-Language header, as a language tag in its usual writing; null without a usable one.
 * "de-AT,de;q=0.9,en;q=0.8" is de-AT.
 */
export function browserLocale(acceptLanguage: string | undefined): string | null {
  const wanted = (acceptLanguage ?? '')
    .slice(0, longestHeader)
    .split(',')
    .map((entry) => {
      const [tag = '', ...parameters] = entry.split(';').map((part) => part.trim())
      const quality = parameters.find((parameter) => parameter.startsWith('q='))
      return { tag, quality: quality === undefined ? 1 : Number(quality.slice(2)) }
    })
    .filter(({ tag, quality }) => tag !== '*' && tag.length <= 35 && quality > 0)
    .toSorted((one, other) => other.quality - one.quality)
  for (const { tag } of wanted) {
    const known = usual(tag)
    if (known !== null) return known
  }
  return null
}

function usual(tag: string): string | null {
  try {
    const [known = null] = Intl.DateTimeFormat.supportedLocalesOf([tag])
    // Extensions, such as another calendar, are left out.
    return known === null ? null : new Intl.Locale(known).baseName
  } catch {
    return null
  }
}
