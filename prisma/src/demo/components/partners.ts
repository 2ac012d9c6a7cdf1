import type { DemoComponent } from './demo-component.ts'

export const partnersComponents: readonly DemoComponent[] = [
  {
    name: 'Partner registration',
    type: 'process',
    folder: 'Partners',
    content: ['partner-registration', 'xml'],
    versions: [
      { version: '1.0', packaged: [10, '11:25'], by: 'Rosa', notes: 'First version, for the pilot.' },
      { version: '1.1', packaged: [2, '12:10'], by: 'Rosa', notes: 'EDI qualifier and contact address.' },
    ],
  },
  {
    name: 'EDI acknowledgements',
    type: 'process',
    folder: 'Partners',
    content: ['edi-acknowledgements', 'xml'],
    versions: [
      { version: '1.0', packaged: [10, '11:35'], by: 'Rosa', notes: 'First version, for the pilot.' },
    ],
  },
]
