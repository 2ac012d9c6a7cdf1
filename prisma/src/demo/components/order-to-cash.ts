import type { DemoComponent } from './demo-component.ts'

export const orderToCashComponents: readonly DemoComponent[] = [
  {
    name: 'Orders to ERP',
    type: 'process',
    folder: 'Order to Cash',
    content: ['orders-to-erp', 'xml'],
    versions: [
      {
        version: '1.0',
        packaged: [43, '09:10'],
        by: 'Rosa',
        notes: 'First version, agreed with the ERP team.',
      },
      {
        version: '2.0',
        packaged: [24, '14:25'],
        by: 'Rosa',
        notes: 'Ship-to addresses and discounts; tries again when the ERP system does not answer.',
      },
      {
        version: '3.0',
        packaged: [4, '11:40'],
        by: 'Rosa',
        notes: 'Books an order only once, takes requested delivery dates, and dates orders in Berlin time.',
      },
      {
        version: '3.1',
        packaged: [1, '16:05'],
        by: 'Adam',
        notes: 'Remembers order numbers for 90 days; waits longer between retries.',
      },
    ],
  },
  {
    name: 'Invoice sync',
    type: 'process',
    folder: 'Order to Cash',
    content: ['invoice-sync', 'xml'],
    versions: [
      { version: '1.0', packaged: [43, '09:20'], by: 'Rosa', notes: 'First version.' },
      {
        version: '1.1',
        packaged: [25, '10:15'],
        by: 'Adam',
        notes: 'Net and tax amounts, as accounting asked.',
      },
      {
        version: '1.2',
        packaged: [11, '17:50'],
        by: 'Adam',
        notes: 'Packaged by mistake: still posts to the sandbox, every minute.',
        isDeleted: true,
      },
      {
        version: '2.0',
        packaged: [5, '15:30'],
        by: 'Rosa',
        notes: 'Credit notes; the accounting service takes each invoice only once.',
      },
    ],
  },
  {
    name: 'Orders API',
    type: 'webservice',
    folder: 'Order to Cash',
    content: ['orders-api', 'json'],
    versions: [
      { version: '1.0', packaged: [43, '09:35'], by: 'Rosa', notes: 'Place an order, ask how far it is.' },
      {
        version: '2.0',
        packaged: [6, '13:20'],
        by: 'Rosa',
        notes: 'New: the events of an order. Requested delivery dates on each line.',
      },
    ],
  },
  {
    name: 'Order status mail',
    type: 'process',
    folder: 'Order to Cash',
    content: ['order-status-mail', 'xml'],
    versions: [
      { version: '1.0', packaged: [43, '09:45'], by: 'Rosa', notes: 'Until the API reports events.' },
    ],
  },
]
