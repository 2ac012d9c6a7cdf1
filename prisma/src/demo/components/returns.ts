import type { DemoComponent } from './demo-component.ts'

export const returnsComponents: readonly DemoComponent[] = [
  {
    name: 'Returns intake',
    type: 'process',
    folder: 'Returns',
    content: ['returns-intake', 'xml'],
    versions: [
      { version: '1.0', packaged: [33, '13:05'], by: 'Adam', notes: 'First version.' },
      { version: '2.0', packaged: [12, '15:15'], by: 'Adam', notes: 'Valuable goods are inspected.' },
      { version: '3.0', packaged: [5, '18:10'], by: 'Adam', notes: 'Refunds wait for the inspection.' },
    ],
  },
  {
    name: 'Refund posting',
    type: 'process',
    folder: 'Returns',
    content: ['refund-posting', 'xml'],
    versions: [
      { version: '1.0', packaged: [33, '13:15'], by: 'Adam', notes: 'First version.' },
      { version: '2.0', packaged: [12, '15:25'], by: 'Adam', notes: 'One refund for each line of a return.' },
      { version: '3.0', packaged: [5, '18:20'], by: 'Adam', notes: 'One refund for each return again.' },
    ],
  },
  {
    name: 'Return labels',
    type: 'process',
    folder: 'Returns',
    content: ['return-labels', 'xml'],
    versions: [{ version: '1.0', packaged: [33, '13:25'], by: 'Adam', notes: 'First version.' }],
  },
]
