import type { DemoComponent } from './demo-component.ts'

export const inventoryComponents: readonly DemoComponent[] = [
  {
    name: 'Stock levels',
    type: 'process',
    folder: 'Inventory',
    content: ['stock-levels', 'xml'],
    versions: [
      { version: '1.0', packaged: [35, '11:00'], by: 'Adam', notes: 'Once a night, the whole stock.' },
      {
        version: '2.0',
        packaged: [19, '16:45'],
        by: 'Adam',
        notes: 'Every quarter of an hour, what has changed; reserved goods are not available.',
      },
      {
        version: '2.1',
        packaged: [3, '17:30'],
        by: 'Adam',
        notes: 'A hundred articles in one call; availability never goes below zero.',
      },
      {
        version: '2.2-beta',
        packaged: [1, '17:45'],
        by: 'Adam',
        notes: 'Trial with stock events instead of a schedule. Not for customers yet.',
        sharing: 'not-allowed',
      },
    ],
  },
  {
    name: 'Purchase orders',
    type: 'process',
    folder: 'Inventory',
    content: ['purchase-orders', 'xml'],
    versions: [
      { version: '1.0', packaged: [19, '17:10'], by: 'Adam', notes: 'First version.' },
      {
        version: '1.1',
        packaged: [3, '17:40'],
        by: 'Adam',
        notes: 'Whole packs only; counts what is on order.',
      },
    ],
  },
]
