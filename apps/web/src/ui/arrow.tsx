/** From one to another: an arrow for those who look, "to" for those who listen. */
export const Arrow = () => (
  <>
    <span aria-hidden>→</span> <span className="listeners-only">to</span>
  </>
)
