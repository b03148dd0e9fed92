package dev.ha4j.fencing.kit;

/** A sound device passes every case. */
class SoundDeviceTest extends FenceDeviceKit {

    @Override
    protected FenceRig newRig() {
        return new SwitchRig(rig -> new SwitchDevice(rig, SwitchDevice.Flaw.NONE));
    }
}
