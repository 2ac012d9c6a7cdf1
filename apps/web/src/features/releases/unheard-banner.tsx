import { Button } from '@mantine/core'
import { Banner } from '../../ui/banner.tsx'

type UnheardBannerProps = { isBusy: boolean; onTryAgain: () => void; onForget: () => void }

/** The connection broke while a release was confirmed, so nobody here knows whether it was done. */
export function UnheardBanner({ isBusy, onTryAgain, onForget }: UnheardBannerProps) {
  return (
    <div role="alert">
      <Banner
        tone="warning"
        action={{ label: 'Try again', onClick: onTryAgain, isBusy }}
        extra={
          <Button variant="subtle" size="compact-md" disabled={isBusy} onClick={onForget}>
            Go on without it
          </Button>
        }
      >
        <p>
          Packline could not be reached while you confirmed this release, and no answer came. Try again:
          exactly the same is sent, and if it was done already, it is not done a second time.
        </p>
      </Banner>
    </div>
  )
}
