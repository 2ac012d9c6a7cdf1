import type { DemoComponent } from './demo-component.ts'

export const shippingComponents: readonly DemoComponent[] = [
  {
    name: 'Shipment tracking',
    type: 'process',
    folder: 'Shipping',
    content: ['shipment-tracking', 'xml'],
    versions: [
      { version: '1.0', packaged: [27, '10:30'], by: 'Rosa', notes: 'First version.' },
      { version: '1.1', packaged: [14, '09:55'], by: 'Rosa', notes: "Notices in the recipient's language." },
      {
        version: '2.0',
        packaged: [6, '10:05'],
        by: 'Rosa',
        notes: 'Takes events from the carrier instead of asking.',
      },
    ],
  },
  {
    name: 'Carrier labels',
    type: 'process',
    folder: 'Shipping',
    content: ['carrier-labels', 'xml'],
    versions: [
      { version: '1.0', packaged: [27, '10:40'], by: 'Rosa', notes: 'First version.' },
      { version: '1.1', packaged: [6, '10:20'], by: 'Rosa', notes: 'Customs value and tariff number.' },
    ],
  },
]
