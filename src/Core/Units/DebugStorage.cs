namespace DistBuild.Core.Units;

/// <summary>Where a command puts debug information.</summary>
public enum DebugStorage
{
    /// <summary>Into the object, or there is none.</summary>
    Object,

    /// <summary>Into a database that objects share.</summary>
    Database,

    /// <summary>As <see cref="Database"/>, in the form by which a running program can be edited.</summary>
    EditAndContinue,
}
