// Before the first paint, so that nothing flashes: the kept choices of src/app/preferences.store.ts.
(() => {
  let kept = {};
  try {
    kept = JSON.parse(localStorage.getItem('desk.preferences') ?? '{}');
  } catch {
    // Unreadable or forbidden: as the system has it.
  }
  const dark = kept.theme === 'dark' || (kept.theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  const root = document.documentElement;
  root.dataset.mantineColorScheme = dark ? 'dark' : 'light';
  root.dataset.density = kept.density === 'compact' ? 'compact' : 'cosy';
})();
