// The button that copies the address of a sheet; without this script, the address bar does as well.

for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) continue;
  const said = button.parentElement.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(new URL(button.dataset.copy, location.href).href);
      said.textContent = "Lien copié.";
    } catch {
      said.textContent = "Copie refusée par le navigateur : l’adresse est dans la barre d’adresse.";
    }
  });
}
