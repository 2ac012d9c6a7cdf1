import type { ComponentProps, MouseEvent } from 'react'

type FormButtonProps = ComponentProps<'button'> & { 'data-loading'?: boolean }

const busy = {
  disabled: false,
  'aria-disabled': true,
  'aria-busy': true,
  onClick: (event: MouseEvent) => event.preventDefault(),
}

/**
 * What every button of Mantine's is drawn with. While it is loading it does nothing and keeps the focus: Mantine's own
 * is disabled meanwhile, which leaves whoever works by keyboard nowhere.
 */
export function FormButton(props: FormButtonProps) {
  const drawn = { ...props, ...(props['data-loading'] && busy) }
  return props.type === 'submit' ? <button {...drawn} type="submit" /> : <button {...drawn} type="button" />
}
