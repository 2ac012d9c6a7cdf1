import { expect, test } from 'vitest'
import { addableIn, folderTree } from './folder-tree.ts'

const component = (name: string, folder: string, isInPack = false) => ({
  componentId: name,
  componentName: name,
  componentType: 'process' as const,
  folder,
  newest: { packageId: `${name}-1`, version: '1', ordinal: 1 },
  isInPack,
})

test('components lie in their folders, folders in folders, by name', () => {
  const root = folderTree([
    component('Orders', 'Sales/Orders'),
    component('Bills', 'Finance'),
    component('Leads', 'Sales'),
    component('Loose', ''),
  ])
  expect(root.components.map(({ componentName }) => componentName)).toEqual(['Loose'])
  expect(root.folders.map(({ name }) => name)).toEqual(['Finance', 'Sales'])
  const [, sales] = root.folders
  expect(sales?.components.map(({ componentName }) => componentName)).toEqual(['Leads'])
  expect(sales?.folders.map(({ name, path }) => [name, path])).toEqual([['Orders', '/Sales/Orders']])
})

test('a slash at the ends or twice makes no folder without a name', () => {
  const root = folderTree([component('Orders', '/Sales//Orders/')])
  expect(root.folders[0]?.folders[0]?.components).toHaveLength(1)
})

test('a folder stands for everything below it that is not in the pack yet', () => {
  const root = folderTree([
    component('A', 'Sales'),
    component('B', 'Sales/Orders'),
    component('C', 'Sales', true),
  ])
  expect(addableIn(root).map(({ componentName }) => componentName)).toEqual(['A', 'B'])
})
