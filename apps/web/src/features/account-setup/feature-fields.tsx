import { Checkbox, Stack } from '@mantine/core'
import { type AccountFeature, featureTable } from '@packline/domain/accounts/features.ts'
import { choosableFeatures, requiredOfManaged } from '@packline/domain/accounts/managed-features.ts'
import type { EnvironmentSupport } from '@packline/domain/environments/plan-create-environment.ts'

type FeatureFieldsProps = {
  /** Of the first check box, for the summary of errors. */
  id: string
  support: EnvironmentSupport
  features: readonly AccountFeature[]
  problem: string | undefined
  onChange: (features: readonly AccountFeature[]) => void
}

/** The features as check boxes, each with what it gives and what it needs. One that lacks what it needs is refused on saving. */
export function FeatureFields({ id, support, features, problem, onChange }: FeatureFieldsProps) {
  const on = new Set<AccountFeature>(features)
  if (support === 'UNLIMITED') on.add('unlimited-environments')
  else on.delete('unlimited-environments')
  return (
    <Checkbox.Group
      label="Features"
      mt="md"
      value={choosableFeatures.filter((feature) => on.has(feature))}
      error={problem}
      onChange={(names) => onChange(choosableFeatures.filter((feature) => names.includes(feature)))}
    >
      <Stack gap="xs" mt="xs">
        {choosableFeatures.map((feature, place) => (
          <Checkbox
            key={feature}
            {...(place === 0 && { id })}
            value={feature}
            label={featureTable[feature].label}
            description={describe(feature, on)}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  )
}

function describe(feature: AccountFeature, on: ReadonlySet<AccountFeature>): string {
  const { gives } = featureTable[feature]
  const needs = requiredOfManaged(feature).map((needed) =>
    needed === 'unlimited-environments' ? 'Unlimited environment support' : featureTable[needed].label,
  )
  const lacks = requiredOfManaged(feature).some((needed) => !on.has(needed))
  const sentence = `${gives.charAt(0).toUpperCase()}${gives.slice(1)}.`
  return needs.length === 0
    ? sentence
    : `${sentence} Needs ${needs.join(' and ')}${lacks && on.has(feature) ? ', which is off' : ''}.`
}
