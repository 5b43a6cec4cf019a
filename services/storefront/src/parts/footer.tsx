/** What stands below each page. */
export function Footer() {
  return (
    <footer class="footer">
      <p>The Chandlery sells nothing: it is the sample shop of Slipway, which builds its images.</p>
    </footer>
  )
}
