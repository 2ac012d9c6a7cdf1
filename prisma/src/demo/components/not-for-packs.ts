import type { DemoComponent } from './demo-component.ts'

/** Components that packs do not take. */
export const notForPacksComponents: readonly DemoComponent[] = [
  {
    name: 'Order router',
    type: 'process',
    folder: 'Routing',
    containsProcessRoute: true,
    content: ['order-router', 'xml'],
    versions: [
      {
        version: '1.0',
        packaged: [7, '14:00'],
        by: 'Adam',
        notes: 'For our own shops.',
        sharing: 'not-allowed',
      },
    ],
  },
  {
    name: 'Order routes',
    type: 'processroute',
    folder: 'Routing',
    content: ['order-routes', 'xml'],
    versions: [
      {
        version: '1.0',
        packaged: [7, '13:50'],
        by: 'Adam',
        notes: 'Web, marketplace, phone.',
        sharing: 'not-allowed',
      },
    ],
  },
  {
    name: 'ERP server certificate',
    type: 'certificate',
    folder: 'Certificates',
    content: ['erp-server-certificate', 'pem'],
    versions: [
      {
        version: '2026',
        packaged: [28, '08:30'],
        by: 'Adam',
        notes: 'Valid for ten years.',
        sharing: 'not-allowed',
      },
    ],
  },
]
