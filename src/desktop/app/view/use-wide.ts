import { useEffect, useState } from 'preact/hooks';

/** As in desktop.css: from here on the conversation and the pages stand side by side. */
const wide = matchMedia('(min-width: 1200px)');

export function useWide(): boolean {
  const [matches, setMatches] = useState(wide.matches);
  useEffect(() => {
    const change = () => setMatches(wide.matches);
    wide.addEventListener('change', change);
    return () => wide.removeEventListener('change', change);
  }, []);
  return matches;
}
