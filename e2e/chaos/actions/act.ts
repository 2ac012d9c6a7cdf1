import type { Consumer, Scene, ScenePack } from '../product/scene.ts'
import type { Stage } from '../product/stage.ts'
import type { Random } from '../random.ts'

export type ActWorld = { stage: Stage; scene: Scene; random: Random; pack: ScenePack; consumer: Consumer }

/** Something that a person does. A refusal is an answer like any other; no answer in 40 seconds is thrown. */
export type Act = (world: ActWorld) => Promise<void>
