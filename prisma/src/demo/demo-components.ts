import type { DemoComponent } from './components/demo-component.ts'
import { inventoryComponents } from './components/inventory.ts'
import { notForPacksComponents } from './components/not-for-packs.ts'
import { orderToCashComponents } from './components/order-to-cash.ts'
import { partnersComponents } from './components/partners.ts'
import { returnsComponents } from './components/returns.ts'
import { shippingComponents } from './components/shipping.ts'

/** The components of the publisher and their packages. */
export const demoComponents: readonly DemoComponent[] = [
  ...orderToCashComponents,
  ...inventoryComponents,
  ...shippingComponents,
  ...returnsComponents,
  ...partnersComponents,
  ...notForPacksComponents,
]
