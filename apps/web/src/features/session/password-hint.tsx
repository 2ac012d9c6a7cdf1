import classes from './session.module.css'

/** What a password has to be; the server says the rest when there is something to say. */
export const PasswordHint = () => (
  <p id="password-hint" className={classes['hint']}>
    At least 8 characters. A few words that nobody else would put together are best.
  </p>
)
