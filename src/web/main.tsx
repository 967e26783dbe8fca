import { render } from 'preact'
import { App } from './app.tsx'
import { watchIdleness } from './device/idle.ts'
import { keepSending } from './device/outbox.ts'
import './style.css'
import { language, speak } from './words/words.ts'

speak(language.value)
keepSending()
watchIdleness()
if ('serviceWorker' in navigator) void navigator.serviceWorker.register('/sw.js').catch(() => undefined)
const page = document.getElementById('page')
if (page !== null) render(<App />, page)
