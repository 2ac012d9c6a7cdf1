import type { Rolldown } from 'vite'

/** What every page needs, inside the console and before it, beside what the entry itself imports. */
const everyPage =
  /\/src\/(shell\/(brand|entry-)|ui\/(page-heading|form-errors|empty-state|loading|text-link)\.|lib\/problem-message\.)|\/react-query\/build\/modern\/use(Mutation|Query)\./

/**
 * Which modules come together. Left to itself the bundler makes some sixty shared scripts, most below a kilobyte, and on
 * a phone each handful of them costs a round trip. What nearly every screen needs is one script, as is what the screens
 * of one area share; the rest stays with the screen that uses it. The first group that a module matches takes it, with
 * all that it imports.
 */
const groups: Record<string, RegExp> = {
  console:
    /\/src\/(shell\/shell\.route|session\.ts|business-time|packs\/window-clocks\.|lib\/(dates|use-url-state|idempotency-key|field-problems|send-once|use-save-seen|session-draft)\.|ui\/(data-table|error-state|status-badge|banner|why-not|button-link|link-button|search-field|pagination|dialog|lazy-dialog|lazy-part|confirm-dialog|side-panel|dialog-actions|disclosure|moment|fact-list|page-tabs|filter-bar|refused-address|side-list|details-head|steps|conflict|download-link|dialog-step|reasoned-button)\.)|\/domain\/src\/(packs\/pack-type|packaged-components\/component-type)\.|\/(NativeSelect|Skeleton|InlineInput|Title)\/|\/(create-safe-context|get-auto-contrast-value|get-contrast-color|DirectionProvider|use-merged-ref|use-uncontrolled|IconTrash|IconDownload|IconSettings)\.mjs$/,
  checkbox: /\/components\/Checkbox\/Checkbox\.mjs$|\/src\/ui\/table-ticks\./,
  'search-select': /\/src\/ui\/(search-select|lookup-field)\.|\/use-debounced-value\.mjs$/,
  markdown: /\/src\/ui\/markdown\./,
  drafts: /\/src\/(packs\/(pack-queries|pack-changed-dialog|version-step)|features\/releases\/field-ids)\./,
  releases:
    /\/src\/(packs\/(release-badge|release-query)|features\/releases\/(releases\.queries|release-progress))\./,
  consumers:
    /\/src\/packs\/(managed-account|consumer-release-words|consumer-release-details|attachment-state)\./,
  'atom-management':
    /\/src\/features\/atom-management\/(atom-management\.route|properties\.module)\.|\/atom-status\.ts$/,
  installations: /\/src\/features\/installations\/installations-page\.route\./,
  'account-setup': /\/src\/features\/account-setup\/account-setup\.(route|module)\./,
  'account-groups':
    /\/src\/features\/account-groups\/(account-group\.route|use-group|removal-consequences)\./,
  packages: /\/src\/features\/packaged-components\/(packages\.queries|package-words|version-select)\./,
  packs:
    /\/src\/features\/(integration-packs\/pack-(page|details|contents)|releases\/release-standing)\.route\./,
}

export const scriptGroups: Rolldown.CodeSplittingGroup[] = [
  {
    name: (id, context) => (everyPage.test(id) || isInitial(id, context) ? 'base' : null),
    debugName: 'base',
    priority: Object.keys(groups).length + 1,
  },
  ...Object.entries(groups).map(([name, test], place) => ({
    name,
    test,
    priority: Object.keys(groups).length - place,
  })),
]

/** Whether the entry imports it, itself or through others, and not only when it is wanted. */
function isInitial(id: string, context: Rolldown.ChunkingContext, seen = new Set<string>()): boolean {
  if (seen.has(id)) return false
  seen.add(id)
  const info = context.getModuleInfo(id)
  return (
    info !== null && (info.isEntry || info.importers.some((importer) => isInitial(importer, context, seen)))
  )
}
