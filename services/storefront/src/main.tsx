import { render } from "preact"
import { App } from "./app.js"
import "./style/base.css"
import "./style/layout.css"
import "./style/products.css"
import "./style/basket.css"

const root = document.getElementById("shop")
if (root) render(<App />, root)
