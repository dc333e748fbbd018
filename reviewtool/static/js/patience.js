/* Waiting between tries: longer each time, and no longer once the connection is back. */
const FIRST = 2000;
const LONGEST = 60_000;

export function makePatience() {
  let tries = 0;
  let wake = () => {};
  window.addEventListener("online", () => wake());
  return {
    wait() {
      const pause = Math.min(FIRST * 2 ** tries, LONGEST);
      tries += 1;
      return new Promise((resolve) => {
        const timer = setTimeout(resolve, pause);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    },
    wake: () => wake(),
    rested() {
      tries = 0;
    },
    get tries() {
      return tries;
    },
  };
}

/** Whether an error is the network's: nothing came back, or not in time. */
export const isNetwork = (error) => error instanceof TypeError || error instanceof DOMException;
