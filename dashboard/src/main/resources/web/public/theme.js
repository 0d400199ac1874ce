// Runs before the first paint, so that a chosen theme never flashes. Everything else about themes is in app/view/theme.ts.
(function () {
  var wanted = new URLSearchParams(location.search).get('theme');
  try {
    wanted = wanted || localStorage.getItem('assay-theme');
  } catch (e) {
    // storage is off: follow the system
  }
  if (wanted === 'light' || wanted === 'dark') document.documentElement.dataset.theme = wanted;
})();
