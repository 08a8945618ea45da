import { useEffect, useState } from 'preact/hooks';

/** This browser's time, renewed every second while someone counts; or every `step` milliseconds. */
export function useSeconds(counting: boolean, step = 1000): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!counting) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), step);
    return () => clearInterval(timer);
  }, [counting, step]);
  return now;
}
